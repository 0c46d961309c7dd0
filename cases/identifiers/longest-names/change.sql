begin;
update "sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt1" set "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc2" = 'parked' where id = 1;
update "sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt1" set "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc2" = 'a' where id = 2;
update "sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt1" set "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc2" = 'b' where id = 1;
commit;
update "sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt2" set v = 'other' where "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk2" = 1;
insert into "表表表表表表表表表表表表表表表表表表表表表" values ('二', null, '');
