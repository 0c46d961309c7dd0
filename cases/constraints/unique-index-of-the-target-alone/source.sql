insert into u values (1, 'same'), (2, 'same');
insert into other values (1);
