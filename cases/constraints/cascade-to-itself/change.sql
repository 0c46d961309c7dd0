update node set up = null where id = 4;
delete from node where id = 5;
