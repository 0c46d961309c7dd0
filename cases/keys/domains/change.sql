update over_enum set v = 'new' where k::mood = 'ok'; delete from over_enum where v = 'd';
insert into over_domain values ('ok', 5, 'new'); update over_domain set v = 'new' where n = 1 and k::mood = 'sad'; delete from over_domain where n = 2 and k::mood = 'ok';
update array_of_domain set v = 'new' where v = 'a'; insert into array_of_domain values ('{numb}', 'f'); delete from array_of_domain where v = 'c';
update over_array set v = 'new' where v = 'd'; update over_array set k = '{moved}' where v = 'c';
update over_range set v = 'new' where v = 'a'; update over_range set k = '[50,60)' where v = 'e';
update over_composite set v = 'new' where v = 'd'; update over_composite set k = '(4,)' where v = 'e';
begin; update unique_beside set k = null, w = null where id in (1, 2); update unique_beside set k = 'ok', w = 'b' where id = 1; update unique_beside set k = 'sad', w = 'a' where id = 2; commit; delete from unique_beside where id = 3;
