using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>Email addresses and user names of databases are in lower case.</summary>
public sealed class LowerCaseTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    private const string Database = "Username-Password-Authentication";

    [Fact]
    public async Task A_user_is_created_in_lower_case()
    {
        var user = await api.PostAsync("users", $$"""
            {"connection":"{{Database}}","email":"Mixed@Example.COM","username":"MixedName",
             "password":"a long enough one"}
            """);

        var found = await api.GetAsync("users-by-email?email=MIXED@example.com");

        Assert.Equal(("mixed@example.com", "mixedname"), (user.Text("email"), user.Text("username")));
        Assert.Equal("mixed@example.com", (string?)Assert.Single(found.List)!["email"]);
    }

    [Fact]
    public async Task An_update_is_stored_in_lower_case()
    {
        var id = await api.NewUserAsync("before@example.com");

        var answer = await api.PatchAsync($"users/{id}", """{"email":"After@Example.COM","username":"AfterName"}""");

        Assert.Equal(("after@example.com", "aftername"), (answer.Text("email"), answer.Text("username")));
    }

    [Fact]
    public async Task A_row_that_was_stored_in_mixed_case_still_matches()
    {
        var id = await api.NewUserAsync("stored@example.com");
        await api.Server.ChangeAsync<User>(user => user.UserId == id, user => user.Email = "Stored@Example.COM");

        var found = await api.GetAsync("users-by-email?email=stored@example.com");
        var again = await api.PostAsync(
            "users", $$"""{"connection":"{{Database}}","email":"STORED@example.com","password":"a long enough one"}""");
        var credential = await api.Server.WithAsync<IUserStore, FoundCredential?>(
            users => users.FindCredentialAsync([Database], [], "stored@example.com", CancellationToken.None));

        Assert.Equal((1, 409, id), (found.List.Count, again.Status, credential?.Password.UserId));
    }

    [Fact]
    public async Task An_address_of_a_provider_stays_as_the_provider_writes_it()
    {
        var identity = new UserIdentity
        {
            Connection = "corp",
            Provider = "oidc",
            ProviderUserId = "corp|mixed",
            UserId = "oidc|corp|mixed",
            ProfileData = """{"email":"Grace@Example.NET"}""",
        };
        await api.Server.ChangeAsync(db =>
            Task.FromResult(db.Add(Core.Federation.ProviderUser.Of(identity, api.Server.Time.GetUtcNow()))));

        Assert.Equal("Grace@Example.NET", (await api.GetAsync("users/oidc%7Ccorp%7Cmixed")).Text("email"));
    }
}
