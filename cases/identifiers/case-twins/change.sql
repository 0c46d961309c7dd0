update "Item" set id = 23;
update "ITEM" set id = 'changed';
insert into "Public".item values (5, null);
