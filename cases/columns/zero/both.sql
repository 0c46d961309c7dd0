create table none (); create table gone (a int); alter table gone drop column a;
