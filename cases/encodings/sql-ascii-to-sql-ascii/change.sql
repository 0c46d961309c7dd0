update word set v = e'\xea' where id = 1;
update stamped set v = e'\xea', updated_at = now() where id = 1;
delete from keyed where n = 4;
update keyed set n = -1 where n = 1;
insert into keyed values (e'\xe9\xe9', 9);
delete from keyed_stamped where n = 1;
insert into keyed_stamped values (e'\xe9\xe9', e'\xe8', 9, '2024-01-01');
update "größe" set "maß" = e'\xdf\xdf' where id = 1;
