delete from only a where id = 7; delete from b where id = 8; delete from c where id = 7; delete from d where id = 8;
