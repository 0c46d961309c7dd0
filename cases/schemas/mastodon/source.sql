insert into accounts values (110000000000000001, 'ann', null, 'k', '2024-01-01', null), (110000000000000002, 'Ann', 'example.org', null, '2024-01-01', '{a,b}'), (110000000000000003, 'bob', null, null, '2024-01-01', '{}');
insert into statuses values (1, 'tag:1', 'hello', null, 110000000000000001, '2024-01-01', null), (2, null, 're', 1, 110000000000000003, '2024-01-01', '{5,4}'), (3, null, 'rere', 2, 110000000000000001, '2024-01-01', null);
insert into status_stats (status_id, replies_count) values (1, 1), (2, 1);
insert into session_activations (ip) values ('2001:db8::1'), ('10.0.0.0/8');
insert into ip_blocks (ip) values ('192.168.0.0/16');
