using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>
/// ASVS 8.2.1: a user's permissions of this API open the dashboard, so only callers that have them all may change how
/// the user signs in, or delete the user.
/// </summary>
public sealed class UserTakeoverTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    private const string Password = "another long pass phrase";

    [Theory]
    [InlineData("""{"password":"another long pass phrase"}""")]
    [InlineData("""{"email":"mine@example.com"}""")]
    [InlineData("""{"email_verified":true}""")]
    [InlineData("""{"username":"mine"}""")]
    [InlineData("""{"blocked":true}""")]
    public async Task The_credentials_of_a_more_powerful_user_are_refused(string body)
    {
        var administrator = (await api.Server.AdministratorAsync()).UserId;

        Assert.Equal(403, await PatchAsync(administrator, body));
        Assert.Equal(200, await PatchAsync(administrator, """{"nickname":"Ada"}"""));
    }

    [Fact]
    public async Task The_credentials_of_a_user_without_permissions_are_changed()
    {
        var user = await api.Server.AddUserAsync("plain@example.com", "a long pass phrase");

        Assert.Equal(200, await PatchAsync(user.UserId, $$"""{"password":"{{Password}}"}"""));
    }

    [Theory]
    [InlineData("password-change")]
    [InlineData("email-verification")]
    public async Task A_link_for_a_more_powerful_user_is_refused(string kind)
    {
        var administrator = (await api.Server.AdministratorAsync()).UserId;

        var answer = await api.WithScopesAsync(
            "create:user_tickets",
            a => a.PostAsync($"tickets/{kind}", $$"""{"user_id":"{{administrator}}"}"""));

        Assert.Equal((403, true), (answer.Status, answer.Message.Contains("permissions", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_account_is_not_linked_to_a_more_powerful_user()
    {
        var administrator = (await api.Server.AdministratorAsync()).UserId;
        var user = await api.Server.AddUserAsync("linked@example.com", "a long pass phrase");

        var answer = await api.WithScopesAsync(
            "update:users",
            a => a.PostAsync(
                $"users/{Uri.EscapeDataString(administrator)}/identities",
                $$"""{"provider":"auth0","user_id":"{{user.UserId}}"}"""));

        Assert.Equal(403, answer.Status);
    }

    [Fact]
    public async Task A_more_powerful_user_is_not_linked_to_another_account()
    {
        var administrator = (await api.Server.AdministratorAsync()).UserId;
        var user = await api.Server.AddUserAsync("primary@example.com", "a long pass phrase");

        var answer = await api.WithScopesAsync(
            "update:users",
            a => a.PostAsync(
                $"users/{Uri.EscapeDataString(user.UserId)}/identities",
                $$"""{"provider":"auth0","user_id":"{{administrator}}"}"""));

        Assert.Equal(403, answer.Status);
    }

    [Fact]
    public async Task An_account_of_a_more_powerful_user_is_not_unlinked()
    {
        var administrator = Uri.EscapeDataString((await api.Server.AdministratorAsync()).UserId);
        var user = await api.Server.AddUserAsync("secondary@example.com", "a long pass phrase");
        var identities = $"users/{administrator}/identities";
        var identity = $"{identities}/auth0/{user.UserId[6..]}";

        var linked = await api.PostAsync(identities, $$"""{"provider":"auth0","user_id":"{{user.UserId}}"}""");
        var refused = await api.WithScopesAsync("update:users", a => a.DeleteAsync(identity));
        var unlinked = await api.DeleteAsync(identity);

        Assert.Equal((201, 403, 200), (linked.Status, refused.Status, unlinked.Status));
    }

    [Fact]
    public async Task A_more_powerful_user_is_not_deleted()
    {
        var administrator = await api.Server.AdministratorAsync();
        var connection = (string)(await api.GetAsync("connections?name=" + administrator.Connection)).List
            .Single()!["id"]!;
        var user = await api.Server.AddUserAsync("leaving@example.com", "a long pass phrase");

        foreach (var (deleted, status) in new[] { (administrator, 403), (user, 204) })
        {
            foreach (var path in new[]
            {
                $"connections/{connection}/users?email={deleted.Email}",
                "users/" + Uri.EscapeDataString(deleted.UserId),
            })
            {
                var answer = await api.WithScopesAsync("delete:users", a => a.DeleteAsync(path));
                Assert.Equal((path, status), (path, answer.Status));
            }
        }
    }

    [Fact]
    public async Task A_connection_of_a_more_powerful_user_is_not_deleted()
    {
        var administrator = await api.Server.AdministratorAsync();
        var own = (string)(await api.GetAsync("connections?name=" + administrator.Connection)).List.Single()!["id"]!;
        var (linked, spare) = (await NewDatabaseAsync("linked"), await NewDatabaseAsync("spare"));
        var user = await api.PostAsync(
            "users", $$"""{"connection":"linked","email":"grace@example.com","password":"{{Password}}"}""");
        await api.PostAsync(
            $"users/{Uri.EscapeDataString(administrator.UserId)}/identities",
            $$"""{"provider":"auth0","user_id":"{{user.Text("user_id")}}"}""");

        foreach (var (id, status) in new[] { (own, 403), (linked, 403), (spare, 202) })
        {
            var answer = await api.WithScopesAsync("delete:connections", a => a.DeleteAsync("connections/" + id));
            Assert.Equal((id, status), (id, answer.Status));
        }
    }

    private async Task<string> NewDatabaseAsync(string name) =>
        (await api.PostAsync("connections", $$"""{"name":"{{name}}","strategy":"auth0"}""")).Text("id");

    private async Task<int> PatchAsync(string userId, string body) =>
        (await api.WithScopesAsync(
            "update:users", a => a.PatchAsync($"users/{Uri.EscapeDataString(userId)}", body))).Status;
}
