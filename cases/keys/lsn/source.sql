insert into l values ('0/0', 'a'), ('FFFFFFFF/FFFFFFFF', 'b'), ('1/0', 'c'), ('0/10', 'd'), ('A/1', 'e');
