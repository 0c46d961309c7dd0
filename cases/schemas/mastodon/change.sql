delete from accounts where username = 'bob';
update statuses set updated_at = now() at time zone 'utc' where id = 3;
update accounts set username = 'bob', updated_at = now() at time zone 'utc' where username = 'ann';
insert into accounts (id, username, updated_at) values (110000000000000004, 'ANN', now() at time zone 'utc');
update status_stats set replies_count = 0 where status_id = 1;
update ip_blocks set ip = '192.168.0.0/15';
