-- The address goes from the one who is deleted softly to the one who comes back.
update users set deleted_at = now() at time zone 'utc', updated_at = now() at time zone 'utc', lock_version = 1 where id = 2;
update users set deleted_at = null, type = null, updated_at = now() at time zone 'utc' where id = 3;
delete from groups_users where ctid in (select max(ctid) from groups_users where user_id = 2);
insert into groups_users values (3, 2);
delete from comments where id = 1;
insert into comments (commentable_type, commentable_id, body, created_at, updated_at) values ('User', 3, 'back', now() at time zone 'utc', now() at time zone 'utc');
insert into schema_migrations values ('20240103000000');
