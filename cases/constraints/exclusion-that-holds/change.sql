update booking set during = '[500,600)', updated_at = now() where id = 1;
insert into booking values (50, '[700,800)', now());
delete from booking where id = 2;
