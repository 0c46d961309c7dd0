update respelled set k = 'A', v = '6' where k = 'a';
insert into both_stay values ('A', '3');
update without_a_key set k = 'A' where k = 'a';
insert into both_stay_without_a_key values ('A', '3');
update swapped set v = case id when 1 then 'B' else 'A' end where id < 3;
update nulls set v = null where id = 1;
update nulls set v = 'A' where id = 2;
insert into nulls values (4, null);
