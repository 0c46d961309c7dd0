insert into "my.app"."order.lines" values (1, 'one', 'hidden'), (2, 'two', 'hidden');
insert into "my.app"."order.old" values (1);
