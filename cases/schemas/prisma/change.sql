update "User" set id = 'cuid3', "updatedAt" = now() at time zone 'utc' where id = 'cuid2';
update "User" set role = 'USER', "updatedAt" = now() at time zone 'utc' where id = 'cuid1';
delete from "_PostToTag" where "B" = 2;
insert into "_PostToTag" values (2, 3);
