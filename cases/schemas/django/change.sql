begin;
-- Names change hands: unique on both sides, so only in two steps on the source too.
update auth_user set username = 'ann2' where id = 1;
update auth_user set username = 'ann' where id = 2;
update auth_user set username = 'bob' where id = 1;
commit;
delete from auth_user_user_permissions where user_id = 2;
insert into auth_user_user_permissions (user_id, permission_id) values (2, 1);
delete from django_session where expire_date < now();
insert into django_session values ('k3', 'data', '2099-01-01');
begin;
delete from django_content_type where id = 2;
delete from auth_permission where content_type_id = 2;
commit;
update app_order set total = 10.50 where number = 2;
update app_order set payload = '{"a": 2}' where number = 1;
