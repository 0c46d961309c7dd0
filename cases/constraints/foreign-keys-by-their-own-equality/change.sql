insert into by_kind values (3, 'k3');
insert into by_code values (3, 'c3');
