delete from b where id > 2;
