delete from short where id = 'n3';
delete from long where id = 'n3';
