delete from res_users where id = 3;
delete from res_partner where id = 3;
update res_groups set name = '{"en_US": "Users", "fr_FR": "Utilisateurs"}', write_date = now() at time zone 'utc' where id = 1;
update res_partner set write_uid = 1, write_date = now() at time zone 'utc' where id = 2;
insert into ir_attachment values (2, 'res.users', 1, '', 0, now() at time zone 'utc');
