create table as_text (id int primary key, m int4multirange);
create table as_range (id int primary key, m nummultirange);
create table as_array (id int primary key, m datemultirange);
create table left_out (id int primary key, n int, m tstzmultirange);
insert into as_text values (1, '{[1,2),[5,6)}');
insert into as_range values (1, '{[1,2)}');
insert into as_array values (1, '{}');
insert into left_out values (1, 2, '{}');
