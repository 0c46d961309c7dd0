insert into word values (1, 'plain');
insert into number values (1, 1.50, '2024-01-01', '6b2fb1f5-6b5f-4a44-9e3a-1a2b3c4d5e6f', '\xe9ff00', 0.1, '::1', '(1,2)'); insert into number (id) values (2), (3), (4), (5);
