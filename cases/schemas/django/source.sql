insert into django_migrations (app, name, applied) values ('auth', '0001_initial', '2024-01-01 00:00:00.000001+00');
insert into django_content_type (app_label, model) values ('auth', 'user'), ('app', 'order');
insert into auth_permission (name, content_type_id, codename) values ('Can add', 1, 'add'), ('Can view', 2, 'view');
insert into auth_user (password, is_superuser, username, date_joined) values ('x', true, 'ann', '2024-01-01'), ('y', false, 'bob', '2024-01-01');
insert into auth_user_user_permissions (user_id, permission_id) values (1, 1), (2, 2);
insert into django_session values ('k1', 'data', '2024-01-01'), ('k2', 'data', '2024-01-01');
insert into app_order values ('00000000-0000-0000-0000-000000000001', 1, 10.00, '{"a": 1}', '1 mon -1 day'), ('00000000-0000-0000-0000-000000000002', 2, 10.5, '[]', null);
