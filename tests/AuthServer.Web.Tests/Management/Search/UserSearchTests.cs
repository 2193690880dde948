using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Management.Search;

/// <summary><c>q</c> of <c>GET /users</c>.</summary>
public sealed class UserSearchTests(SearchedUsers searched) : IClassFixture<SearchedUsers>
{
    private readonly ManagementScenario api = searched.Api;

    [Theory]
    [InlineData("email:\"eva@example.com\"", "eva")]
    [InlineData("email:EVA@Example.com", "eva")]
    [InlineData("email.domain:example.com", "eva,cleo")]
    [InlineData("name:\"eva lovelace\"", "eva")]
    [InlineData("name:\"BOB éMILE\"", "bob")]
    [InlineData("name:Eva\\ Lovelace", "eva")]
    [InlineData("name:eva", "")]
    [InlineData("phone_number:+4930123456", "cleo")]
    [InlineData("user_id:\"{eva}\"", "eva")]
    [InlineData("user_id:({eva} OR {bob})", "eva,bob")]
    [InlineData("last_ip:192.0.2.7", "bob")]
    public Task Exact_values_of_the_profile_are_found(string q, string found) => FindsAsync(q, found);

    [Theory]
    [InlineData("name:e*", "eva")]
    [InlineData("name:LOVE*", "")]
    [InlineData("name:*lace", "eva")]
    [InlineData("name:*VELA*", "eva")]
    [InlineData("name:eva*lace", "eva")]
    [InlineData("name:cleo*100%*", "cleo")]
    [InlineData("name:*lo_e*", "")]
    [InlineData("name:*lo\\[a-z\\]e*", "")]
    [InlineData("email:*@example.org", "bob")]
    [InlineData("user_id:AUTH0*", "")]
    public Task A_star_stands_for_any_characters(string q, string found) => FindsAsync(q, found);

    [Theory]
    [InlineData("name:*ce")]
    [InlineData("name:a*ce")]
    [InlineData("name:*aaa*bbb*ccc*")]
    [InlineData("user_metadata.dark:t*")]
    [InlineData("user_metadata.fontSize:[1 TO 20]")]
    [InlineData("created_at:2030*")]
    [InlineData("logins_count:1*")]
    [InlineData("blocked:[a TO b]")]
    [InlineData("identities.isSocial:perhaps")]
    [InlineData("logins_count:many")]
    [InlineData("logins_count:1.5")]
    [InlineData("logins_count:99999999999999999999")]
    [InlineData("created_at:yesterday")]
    [InlineData("last_login:[2030-13-01 TO *]")]
    [InlineData("password_hash:x")]
    [InlineData("identities.profileData:x")]
    [InlineData("_exists_:password")]
    [InlineData("NOT nothing:x")]
    public async Task What_cannot_be_asked_is_refused(string q)
    {
        var answer = await SearchAsync(q);

        Assert.Equal((400, "invalid_query_string"), (answer.Status, answer.Text("errorCode")));
        Assert.Contains("at position ", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app_metadata.plan:gold", "eva")]
    [InlineData("app_metadata.plan:GOLD", "")]
    [InlineData("app_metadata.plan:(gold OR silver)", "eva,bob")]
    [InlineData("app_metadata.org.tier:\"A\"", "eva")]
    [InlineData("app_metadata.tags:y", "eva")]
    [InlineData("app_metadata.plan:s*", "bob")]
    [InlineData("app_metadata.since:[2024-01-01 TO 2024-12-31]", "eva")]
    [InlineData("app_metadata.seats:5", "eva")]
    [InlineData("app_metadata.seats:5.0", "eva")]
    [InlineData("app_metadata.seats:[5 TO 10]", "eva,bob")]
    [InlineData("app_metadata.seats:[5 TO 10}", "eva")]
    [InlineData("app_metadata.seats:{5 TO *]", "bob")]
    [InlineData("app_metadata.seats:[* TO 9.5]", "eva")]
    [InlineData("user_metadata.fontSize:13", "eva")]
    [InlineData("user_metadata.ratio:1.5", "bob")]
    [InlineData("user_metadata.dark:true", "eva")]
    [InlineData("user_metadata.addresses.city:\"Seattle\"", "eva")]
    [InlineData("user_metadata.address:Paris", "")]
    [InlineData("_exists_:user_metadata.display.lang", "eva")]
    [InlineData("_exists_:user_metadata.display", "eva")]
    [InlineData("_exists_:user_metadata.disp", "")]
    [InlineData("_exists_:user_metadata.empty", "")]
    [InlineData("_exists_:user_metadata.long", "eva")]
    [InlineData("_exists_:app_metadata", "eva,bob")]
    [InlineData("NOT _exists_:app_metadata.plan", "cleo")]
    public Task Members_of_metadata_are_found(string q, string found) => FindsAsync(q, found);

    [Theory]
    [InlineData("identities.connection:google-oauth2", "bob")]
    [InlineData("identities.connection:\"Username-Password-Authentication\"", "eva,bob,cleo")]
    [InlineData("identities.provider:(google* OR github)", "bob")]
    [InlineData("identities.user_id:107", "bob")]
    [InlineData("identities.isSocial:true", "bob")]
    [InlineData("organization_id:{org}", "cleo")]
    [InlineData("NOT organization_id:{org}", "eva,bob")]
    public Task Identities_and_memberships_are_found(string q, string found) => FindsAsync(q, found);

    [Theory]
    [InlineData("logins_count:7", "bob")]
    [InlineData("logins_count:[7 TO 9}", "bob")]
    [InlineData("logins_count:{7 TO 9]", "cleo")]
    [InlineData("logins_count:[* TO 7}", "eva")]
    [InlineData("NOT _exists_:logins_count OR logins_count:0", "eva")]
    [InlineData("created_at:2030-02-02", "bob")]
    [InlineData("created_at:[2030-02-02 TO 2030-02-03]", "bob,cleo")]
    [InlineData("created_at:{2030-02-02 TO *]", "cleo")]
    [InlineData("created_at:[* TO 2030-02-02}", "eva")]
    [InlineData("created_at:2030-02", "eva,bob,cleo")]
    [InlineData("last_login:[2029 TO 2030-06]", "bob")]
    [InlineData("_exists_:last_login", "bob")]
    [InlineData("blocked:true", "bob")]
    [InlineData("NOT _exists_:email_verified OR email_verified:false", "bob,cleo")]
    public Task Numbers_dates_and_flags_are_found(string q, string found) => FindsAsync(q, found);

    [Theory]
    [InlineData("lovelace", "eva")]
    [InlineData("cleo eva@example.com", "eva,cleo")]
    [InlineData("gold", "")]
    [InlineData("{bob}", "bob")]
    [InlineData("cle*", "cleo")]
    [InlineData("*", "eva,bob,cleo")]
    [InlineData("email:*example* -blocked:true", "eva,cleo")]
    [InlineData("+email:*example* +blocked:true", "bob")]
    [InlineData("email:eva* OR email:bob* AND blocked:true", "eva,bob")]
    [InlineData("(email:eva* || email:bob*) && blocked:true", "bob")]
    [InlineData("!blocked:true !name:eva*", "cleo")]
    [InlineData("family_name:(lovelace OR smith) AND NOT app_metadata.plan:gold", "")]
    public Task Terms_without_a_field_and_operators_are_understood(string q, string found) => FindsAsync(q, found);

    [Fact]
    public async Task A_change_is_found_at_once_and_what_was_is_not()
    {
        var id = await api.NewUserAsync("before@example.net", """ "name":"Before","app_metadata":{"a":"b","c":1} """);
        await api.PatchAsync($"users/{id}", """{"name":"After","app_metadata":{"a":"z"}}""");

        Assert.Empty((await SearchAsync("name:before OR app_metadata.a:b")).List);
        Assert.Single((await SearchAsync("name:after AND app_metadata.a:z AND app_metadata.c:1")).List);
        await api.PatchAsync($"users/{id}", """{"app_metadata":{}}""");
        Assert.Empty((await SearchAsync("_exists_:app_metadata.c AND name:after")).List);
        await api.DeleteAsync($"users/{id}");
        Assert.Empty((await SearchAsync("name:after")).List);
    }

    [Fact]
    public async Task Totals_count_what_a_search_finds()
    {
        var answer = await api.GetAsync("users?include_totals=true&per_page=1&q=app_metadata.plan:(gold%20silver)");

        Assert.Equal((1, 2), (answer["length"]!.GetValue<int>(), answer["total"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("users?per_page=100&page=9", 200)]
    [InlineData("users?per_page=100&page=10", 400)]
    [InlineData("users?page=20&q=name:e*", 400)]
    [InlineData("logs?per_page=100&page=10", 400)]
    [InlineData("users/{eva}/logs?per_page=100&page=10", 400)]
    public async Task Only_the_first_1000_results_are_paged(string path, int status)
    {
        var answer = await api.GetAsync(searched.Named(path));

        Assert.Equal(status, answer.Status);
        if (status == 400)
        {
            Assert.Equal("invalid_paging", answer.Text("errorCode"));
            Assert.Contains("only page through the first 1000 records.", answer.Message, StringComparison.Ordinal);
        }
    }

    private Task<ManagementAnswer> SearchAsync(string q) =>
        api.GetAsync("users?search_engine=v3&q=" + Uri.EscapeDataString(searched.Named(q)));

    private async Task FindsAsync(string q, string found)
    {
        var answer = await SearchAsync(q);

        Assert.True(answer.Status == 200, answer.Json?.ToJsonString());
        var names = answer.List.Select(user => user!["email"]?.GetValue<string>().Split('@')[0]);
        Assert.Equal(found, string.Join(',', names.Where(SearchedUsers.Names.Contains)));
    }
}

/// <summary>Three users, a day apart.</summary>
public sealed class SearchedUsers : IAsyncLifetime
{
    private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);

    public static IReadOnlyList<string?> Names { get; } = ["eva", "bob", "cleo"];

    public ManagementScenario Api { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Api.Server.Time.Advance(new DateTimeOffset(2030, 2, 1, 8, 0, 0, TimeSpan.Zero) - Api.Server.Time.GetUtcNow());
        ids["eva"] = await Api.NewUserAsync("eva@example.com", $$"""
            "name":"Eva Lovelace","given_name":"Eva","family_name":"Lovelace","email_verified":true,
            "app_metadata":{"plan":"gold","seats":5,"since":"2024-03-01","org":{"tier":"A"},"tags":["x","y"]},
            "user_metadata":{"fontSize":13,"display":{"lang":"en"},"addresses":[{"city":"Paris"},{"city":"Seattle"}],
              "dark":true,"empty":{},"long":"{{new string('l', 400)}}"}
            """);
        Api.Server.Time.Advance(TimeSpan.FromDays(1));
        ids["bob"] = await Api.NewUserAsync("bob@example.org", """
            "name":"Bob Émile","blocked":true,
            "app_metadata":{"plan":"silver","seats":10.0},"user_metadata":{"ratio":15e-1}
            """);
        Api.Server.Time.Advance(TimeSpan.FromDays(1));
        ids["cleo"] = await Api.NewUserAsync("cleo@example.com", """
            "name":"Cleo 100% Smith","phone_number":"+4930123456"
            """);
        ids["org"] = (await Api.PostAsync("organizations", """{"name":"searched"}""")).Text("id");
        await Api.PostAsync($"organizations/{ids["org"]}/members", $$"""{"members":["{{ids["cleo"]}}"]}""");
        await Api.Server.WithAsync<AuthDbContext, int>(UseAsync);
    }

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    /// <summary>The text with ids in the place of names in braces.</summary>
    public string Named(string text) => ids.Aggregate(
        text, (named, id) => named.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

    private async Task<int> UseAsync(AuthDbContext db)
    {
        db.Add(new UserIdentity
        {
            Connection = "google-oauth2",
            Provider = "google-oauth2",
            ProviderUserId = "107",
            UserId = ids["bob"],
            IsSocial = true,
        });
        await db.SaveChangesAsync();
        await db.Users.Where(user => user.UserId == ids["cleo"])
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.LoginsCount, 9));
        return await db.Users.Where(user => user.UserId == ids["bob"]).ExecuteUpdateAsync(set => set
            .SetProperty(user => user.LoginsCount, 7)
            .SetProperty(user => user.LastIp, "192.0.2.7")
            .SetProperty(user => user.LastLogin, new DateTimeOffset(2030, 6, 30, 23, 59, 0, TimeSpan.Zero)));
    }
}
