delete from a where id in (3, 4);
delete from b where id in (3, 4);
