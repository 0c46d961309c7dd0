insert into text values (2, 'a');
delete from text where id = 1;
