begin;
insert into client values ('bbbbbbbb-0000-0000-0000-000000000000', '11111111-0000-0000-0000-000000000000', 'other', null, null);
update realm set master_admin_client = 'bbbbbbbb-0000-0000-0000-000000000000';
delete from client_attributes;
delete from redirect_uris;
delete from client where client_id = 'admin';
insert into client_attributes values ('bbbbbbbb-0000-0000-0000-000000000000', 'pkce', 'S256');
insert into redirect_uris values ('bbbbbbbb-0000-0000-0000-000000000000', '+');
commit;
