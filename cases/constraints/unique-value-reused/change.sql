delete from u where id = 1;
insert into u values (9, 'a', now());
