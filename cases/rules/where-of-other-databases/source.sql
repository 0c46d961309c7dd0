insert into sorted values (1, 'a'), (2, 'B'), (3, 'c'); insert into folded values (1, 'ä'), (2, 'Ä'); insert into matched values (1, 'ä'), (2, 'Ä');
