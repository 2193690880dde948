using System.Collections.Frozen;

namespace AuthServer.Core.Users;

/// <summary>
/// The passwords that are tried first, of those that are long enough (ASVS 6.2.4). Lower case: case does not help a
/// common word.
/// </summary>
internal static class CommonPasswords
{
    private const string List = """
        !qaz2wsx 10203040 1020304050 102030405060 111111222222 111222333 111222333444 11223344 1122334455 112233445566
        12121212 12301230 12312312 123123123 123321123 12341234 12344321 1234512345 1234554321 123456123 123456123456
        123456789 1234567890 1234567890a 12345678910 123456789a 12345678a 1234567a 123456qwerty 12345qwert 1234qwer
        123qwe123 123qwe123qwe 123qweasd 123qweasdzxc 13131313 147258369 147852369 159357159 159753159 1a2b3c4d
        1a2b3c4d5e 1g2w3e4r 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz!qaz 1qaz2wsx
        1qaz2wsx3edc 1qaz@wsx 1qazxsw2 21212121 321321321 456456456 5201314520 69696969 696969696 741258963 741852963
        789456123 789789789 852456357 963852741 987654321a a1234567 a12345678 a123456789 a123456a a1b2c3d4 a1b2c3d4e5
        aa123456 aa12345678 aaa11111 aaaa1111 abababab abc12345 abc123456 abc123456789 abc123abc abc123def abcabcabc
        abcd1234 abcd12345 abcdabcd abcde12345 abcdef12 abcdef123 abcdefg1 abcdefg123 abcdefgh1 access14 admin123
        admin1234 admin12345 admin123456 admin2020 admin2021 admin2022 admin2023 admin2024 admin2025 admin@123
        adminadmin administrator aini1314 alejandra alejandro alexander alexander1 alexandra america1 american andrew12
        angel123 angelangel anthony1 anything1 argentina1 arsenal1 arsenal123 asd123456 asdasdasd asdf1234 asdf12345
        asdf;lkj asdfasdf asdfghjk asdfghjkl asdfghjkl123 asdfqwer asshole1 australia autumn2023 autumn2024 autumn2025
        azerty123 azertyuiop babybaby babyboy1 babygirl babygirl1 babygirl12 bangladesh barcelona barcelona1 baseball
        baseball1 basketball batman123 beautiful beautiful1 benjamin birthday biteme123 blessed1 blink182 blueberry
        bollywood brandon1 brittany budweiser bullshit business buttercup butterfly butterfly1 california carolina
        caroline catherine change_me changeme changeme! changeme1 changeme123 charlie1 charlie123 cheese123 chelsea1
        chelsea123 chevrolet cheyenne chicken1 chocolate chocolate1 christ123 christian christina christine christopher
        cinnamon coffee123 colombia company1 company123 computer computer1 cookie123 correcthorsebatterystaple corvette
        counterstrike cowboys1 crocodile cupcake1 daddy123 daniel123 danielle danielle1 database december december1
        december25 default1 default123 diamond1 diamonds donald123 dragon123 dragonball dragonfly elephant elizabeth
        eminem123 england1 estrella everything familia1 family123 february fernando ferrari1 florida1 football football1
        football12 football123 forever1 forever21 fortnite francisco freedom1 freedom123 friends1 friends4 fuckfuck
        fuckoff1 fuckyou1 fuckyou123 fuckyou2 gabriel1 gabriela galaxy123 garfield george12 germany1 godisgood goldfish
        goodluck goodmorning goodnight gorgeous greenday guest123 guest1234 guestguest guinness hamburger handsome
        happy123 happyday harley12 harleydavidson heaven123 heineken hellokitty hunter12 hurricane ilovegod ilovejesus
        iloveu123 iloveyou iloveyou! iloveyou1 iloveyou12 iloveyou123 iloveyou2 iloveyou3 india123 indonesia internet
        ironman1 isabella isabelle jackdaniels january1 jennifer jennifer1 jessica1 jesus123 jesuschrist jonathan
        jordan123 jordan23 joshua12 jupiter1 juventus katherine killer123 lakers24 letmein! letmein1 letmein12
        letmein123 li123456 liberty1 lightning liverpool liverpool1 liverpoolfc login123 loginlogin london123 lovelove
        loveme123 lovers12 loveyou1 loveyou2 malaysia manager1 manager123 manchester manutd123 margaret margarita
        mariposa marlboro marlboro1 master12 master123 masterkey matrix12 matthew1 maverick maverick1 mercedes mercury1
        metallica michael1 michaeljackson michelle michelle1 mickey123 mickeymouse midnight midnight1 minecraft
        minecraft1 mommy123 monkey123 moonlight motherfucker mustang1 myfamily mypassword mysecret mysql123 newyork1
        nicholas nicholas1 nintendo nirvana1 nothing1 nothing123 november november1 october1 office123 operator
        oracle123 p0stgres p@ssw0rd p@ssw0rd1 p@ssw0rd123 p@ssword p@ssword1 pa$$w0rd pa$$word packers1 pakistan
        panther1 panthers paris123 pass1234 pass12345 pass123456 passcode passpass passphrase passport passw0rd
        passw0rd1 passw0rd123 password password! password1 password1! password12 password123 password123! password1234
        password12345 password2 password3 passwort passwort1 passwort123 patricia patrick1 patriots peanut12 philippines
        phoenix1 pineapple platinum playstation pokemon1 pokemon123 porsche1 portugal postgres postgres1 princesa
        princess princess1 princess12 princess123 private1 public123 pumpkin1 pussy123 q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6
        qazwsx123 qazwsxedc qazwsxedcrfv qq123456 qq123456789 qwe123456 qwe123qwe qweasd123 qweasdzxc qweqweqwe qwer1234
        qwerqwer qwert123 qwert1234 qwert12345 qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwertyqwerty
        qwertyui qwertyuio qwertyuiop qwertyuiop123 raiders1 rainbow1 rainbow123 ranger12 raspberry realmadrid redskins
        remember robert12 roblox123 rockyou1 root1234 rootroot samantha samantha1 sapphire saturday saturn123 savannah
        scooby12 scorpion scorpion1 scotland secret12 secret123 secret1234 security security1 september september1
        server123 sexybitch shadow123 silver123 singapore1 slipknot snoopy12 snowball softball something spaghetti
        spiderman spiderman1 spring2023 spring2024 spring2025 starcraft stargate starlight startrek starwars starwars1
        steelers stephanie strawberry summer2020 summer2021 summer2022 summer2023 summer2024 summer2025 sunshine
        sunshine1 sunshine123 superman superman1 superman123 superuser supervisor sweetheart sweetie1 swimming sysadmin
        teamomucho temp1234 temporary tequiero test1234 test12345 test123456 testing1 testing123 testtest testuser
        thomas12 thunder1 tigger12 tinkerbell toor1234 tornado1 trustno1 unicorn1 universe user1234 userpass useruser
        venezuela veronica victoria victoria1 volleyball wang1234 warcraft welcome1 welcome1! welcome12 welcome123
        welcome123! welcome@123 whatever whatever1 william1 winnie12 winter2020 winter2021 winter2022 winter2023
        winter2024 winter2025 woaini1314 woaini520 xbox3601 yamaha123 yankees1 zaq12wsx zaq1zaq1 zhang123 zxcvbnm,
        zxcvbnm1 zxcvbnm123 zxcvbnma zxcvzxcv zxczxczxc
        """;

    private static readonly FrozenSet<string> All = List.Split(
            (char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string lower) => All.Contains(lower);
}
