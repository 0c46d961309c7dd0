insert into fine values (2);
delete from fine where id = 1;
