update fine set name = 'new' where id = 3;
