insert into same values (9, 'n', now());
insert into other values (9, 'n', now());
