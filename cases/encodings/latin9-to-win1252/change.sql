update price set v = '6 €', updated_at = now() where id = 1;
delete from keyed where k = '€';
update keyed set n = -2 where k = 'Œ';
insert into keyed values ('€€', 6);
