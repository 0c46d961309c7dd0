insert into u values (2 + 2, 'x'), (0, 'y');
delete from u where id = 2;
