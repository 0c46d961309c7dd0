insert into "sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt1" values (1, 'one', 'a'), (2, 'two', 'b');
insert into "sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss"."tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt2" values (1, 2, 'one two'), (2, 1, 'two one');
insert into "表表表表表表表表表表表表表表表表表表表表表" values ('一', '甲', '乙');
