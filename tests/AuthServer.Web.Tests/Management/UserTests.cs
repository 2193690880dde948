using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Web.Tests.Management;

/// <summary>Users in the Management API.</summary>
public sealed class UserTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    private const string Database = "Username-Password-Authentication";

    [Fact]
    public async Task A_new_user_has_the_shape_of_the_contract()
    {
        var user = await api.PostAsync(
            "users",
            $$"""{"connection":"{{Database}}","email":"Shape@Example.com","password":"a long enough one"}"""
        );

        Assert.Equal((201, "shape@example.com", "shape"), (user.Status, user.Text("email"), user.Text("nickname")));
        Assert.Matches("^auth0\\|[0-9a-f]{24}$", user.Text("user_id"));
        Assert.Equal(Database, user["identities"]![0]!["connection"]!.GetValue<string>());
        Assert.DoesNotContain("assword\":", user.Json!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_409_in_any_spelling()
    {
        await api.NewUserAsync("taken@example.com");
        var answer = await api.PostAsync(
            "users",
            $$"""{"connection":"{{Database}}","email":"TAKEN@example.com","password":"a long enough one"}"""
        );

        Assert.Equal((409, "The user already exists."), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task Of_many_who_create_the_same_user_at_once_one_succeeds()
    {
        var body = $$"""{"connection":"{{Database}}","email":"race@example.com","password":"a long enough one"}""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.PostAsync("users", body)));

        Assert.Equal([201, .. Enumerable.Repeat(409, 7)], answers.Select(answer => answer.Status).Order());
    }

    [Theory]
    [InlineData("short", "too short")]
    [InlineData("password1", "too common")]
    public async Task A_weak_password_is_refused(string password, string because)
    {
        var answer = await api.PostAsync(
            "users",
            $$"""{"connection":"{{Database}}","email":"policy@example.com","password":"{{password}}"}"""
        );

        Assert.Equal(400, answer.Status);
        Assert.Contains(because, answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"email":"a@example.com","password":"a long enough one"}""")]
    [InlineData("""{"connection":"nothing","email":"a@example.com","password":"a long enough one"}""")]
    [InlineData("""{"connection":"Username-Password-Authentication","password":"a long enough one"}""")]
    [InlineData(
        """{"connection":"Username-Password-Authentication","email":"no address","password":"a long enough one"}"""
    )]
    [InlineData("""{"connection":"Username-Password-Authentication","email":"a@example.com"}""")]
    [InlineData(
        """
        {"connection":"Username-Password-Authentication","email":"a@example.com","password":"a long enough one",
        "user_id":"auth0|x"}
        """
    )]
    [InlineData(
        """
        {"connection":"Username-Password-Authentication","email":"a@example.com","password":"a long enough one",
        "logins_count":5}
        """
    )]
    [InlineData(
        """
        {"connection":"Username-Password-Authentication","username":"b@example.com","password":"a long enough one"}
        """
    )]
    public async Task A_user_that_can_not_be_is_400(string body) =>
        Assert.Equal(400, (await api.PostAsync("users", body)).Status);

    [Fact]
    public async Task A_user_is_found_by_the_encoded_id()
    {
        var id = await api.NewUserAsync("encoded@example.com");

        Assert.Equal(id, (await api.GetAsync("users/" + Uri.EscapeDataString(id))).Text("user_id"));
    }

    [Fact]
    public async Task Metadata_merges_one_level_and_null_deletes_a_key()
    {
        var id = await api.NewUserAsync("merge@example.com", """ "app_metadata":{"plan":"pro","seats":{"a":1}} """);
        var answer = await api.PatchAsync($"users/{id}", """{"app_metadata":{"seats":{"b":2},"plan":null}}""");

        Assert.Equal("""{"seats":{"b":2}}""", answer["app_metadata"]!.ToJsonString());
    }

    [Fact]
    public async Task A_member_that_is_not_sent_stays_null_clears_it_and_an_unknown_one_is_refused()
    {
        var id = await api.NewUserAsync("patch@example.com", """ "given_name":"Ada","family_name":"L" """);
        var answer = await api.PatchAsync($"users/{id}", """{"given_name":null}""");

        Assert.Equal((null, "L"), (answer["given_name"], answer.Text("family_name")));
        Assert.Equal(400, (await api.PatchAsync($"users/{id}", """{"last_ip":"1.2.3.4"}""")).Status);
    }

    [Fact]
    public async Task A_new_address_is_unverified_and_signs_in()
    {
        var id = await api.NewUserAsync("old@example.com", """ "email_verified":true """);
        var answer = await api.PatchAsync($"users/{id}", """{"email":"New@example.com"}""");
        var credential = await api.Server.WithAsync<IUserStore, FoundCredential?>(
            users => users.FindCredentialAsync([Database], [], "new@example.com", default));

        Assert.False(answer["email_verified"]!.GetValue<bool>());
        Assert.Equal(id, credential!.Password.UserId);
    }

    [Fact]
    public async Task An_address_of_another_user_is_409()
    {
        await api.NewUserAsync("first@example.com");
        var id = await api.NewUserAsync("second@example.com");

        Assert.Equal(409, (await api.PatchAsync($"users/{id}", """{"email":"first@example.com"}""")).Status);
    }

    [Theory]
    [InlineData("pass", """{"password":"another long one"}""", true)]
    [InlineData("block", """{"blocked":true}""", true)]
    [InlineData("name", """{"name":"Other"}""", false)]
    public async Task A_new_password_or_a_block_ends_sessions_and_grants(string name, string patch, bool ends)
    {
        var id = await api.NewUserAsync($"{name}-ends@example.com");
        await SignInAsync(id);
        Assert.Equal(200, (await api.PatchAsync($"users/{id}", patch)).Status);

        Assert.Equal((ends ? 0 : 1, ends ? 0 : 1), await LiveAsync(id));
    }

    [Fact]
    public async Task A_deleted_user_leaves_nothing_and_the_id_is_never_given_again()
    {
        var id = await api.NewUserAsync("gone@example.com", """ "user_id":"gone-for-good" """);
        await SignInAsync(id);
        await api.DeleteAsync($"users/{id}");

        Assert.Equal((0, 0), await LiveAsync(id));
        Assert.Equal(404, (await api.GetAsync($"users/{id}")).Status);
        Assert.Equal(
            409,
            (
                await api.PostAsync(
                    "users",
                    $$"""
                    {"connection":"{{Database}}","email":"next@example.com","password":"a long enough one",
                    "user_id":"gone-for-good"}
                    """
                )).Status);
    }

    [Fact]
    public async Task A_caller_who_may_only_change_metadata_changes_nothing_else()
    {
        var id = await api.NewUserAsync("limited@example.com");

        Assert.Equal(
            200,
            (await api.WithScopesAsync(
                    "update:users_app_metadata",
                    a => a.PatchAsync($"users/{id}", """{"app_metadata":{"a":1}}"""))).Status);
        Assert.Equal(
            403,
            (await api.WithScopesAsync(
                    "update:users_app_metadata",
                    a => a.PatchAsync($"users/{id}", """{"password":"another long one"}"""))).Status);
    }

    [Fact]
    public async Task Users_are_found_by_address_in_any_case()
    {
        await api.NewUserAsync("lookup@example.com");

        Assert.Single((await api.GetAsync("users-by-email?email=LOOKUP@example.com")).List);
    }

    [Fact]
    public async Task A_very_long_search_is_400() =>
        Assert.Equal(
            400, (await api.GetAsync("users?q=" + string.Concat(Enumerable.Repeat("name:b%20AND%20", 400)))).Status);

    [Fact]
    public async Task Users_are_sorted_as_asked()
    {
        await api.NewUserAsync("zz-last@example.com");

        Assert.Equal(
            "zz-last@example.com",
            (await api.GetAsync("users?sort=email:-1&per_page=1")).List[0]!["email"]!.GetValue<string>());
    }

    private Task SignInAsync(string userId) => api.Server.WithAsync<AuthDbContext, int>(db =>
    {
        var now = api.Server.Time.GetUtcNow();
        var (session, _) = SessionRules.Start(userId, Database, new TenantSettings(), now);
        db.Add(session);
        db.Add(new Authorization
        {
            Id = Guid.CreateVersion7(now),
            Type = AuthorizationTypes.AdHoc,
            ApplicationId = db.Clients.Single(client => client.ClientId == TestServer.ClientId).Id,
            ClientId = TestServer.ClientId,
            UserId = userId,
            Subject = userId,
            SessionId = session.Id,
            GrantedScopes = Core.Scopes.Of(["openid"]),
            AuthenticatedAt = now,
            CreationDate = now.UtcDateTime,
            ExpiresAt = now.AddDays(1),
        });
        return db.SaveChangesAsync();
    });

    private Task<(int Sessions, int Grants)> LiveAsync(string userId) =>
        api.Server.WithAsync<AuthDbContext, (int, int)>(async db =>
            (await db.Sessions.CountAsync(s => s.UserId == userId),
                await db.SignIns().CountAsync(a => a.UserId == userId)));
}
