update i set v = 'new' where v = 'e'; update i set k = '30 days' where v = 'a'; update z set v = 'new' where v = 'b'; update z set k = '11:00-02' where v = 'd';
