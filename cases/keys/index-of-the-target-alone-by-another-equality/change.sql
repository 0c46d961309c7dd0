update respelled set k = 'A', v = '6' where k = 'a';
insert into both_stay values ('A', '3');
insert into named_equal values ('A', '3');
update without_a_key set k = 'A' where k = 'a';
update swapped set v = case id when 1 then 'B' else 'A' end where id < 3;
