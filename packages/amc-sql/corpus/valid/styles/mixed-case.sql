-- Keywords, functions, tables and columns in every case.
Select Campaign, Sum(Impressions) As Imps, CoUnT(DISTINCT USER_ID) as Reach
from DSP_Impressions As I
Where Device_Type Is Not Null And I.campaign Like '%a%'
group By CAMPAIGN
Having Sum(Impressions) > 0
