insert into item values (1, 11, 'lower');
insert into "Item" values (2, 22, 'title');
insert into "ITEM" values (3, 33, 'upper');
insert into "Public".item values (4, 'other schema');
