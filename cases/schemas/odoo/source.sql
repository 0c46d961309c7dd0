begin;
insert into res_partner (id, name, write_date) values (1, 'My Company', '2024-01-01'), (2, 'Admin', '2024-01-01'), (3, 'Ann', '2024-01-01');
insert into res_users values (1, '__system__', 2, null, '2024-01-01'), (2, 'admin', 2, 1, '2024-01-01'), (3, 'ann', 3, 1, '2024-01-01');
update res_partner set create_uid = 1, write_uid = 2, parent_id = case when id > 1 then 1 end;
commit;
insert into res_groups values (1, '{"en_US": "Users", "de_DE": "Benutzer"}', '2024-01-01'), (2, '{"en_US": "Admins"}', '2024-01-01');
insert into res_groups_users_rel values (1, 2), (1, 3), (2, 2);
insert into ir_attachment values (1, 'res.partner', 1, '\xdeadbeef', 4, '2024-01-01');
