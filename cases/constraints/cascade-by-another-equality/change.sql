delete from parent where id = 'p3';
