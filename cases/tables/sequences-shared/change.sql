insert into a select;
