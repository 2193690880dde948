using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.Extensions.DependencyInjection;

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

    [Fact]
    public async Task A_lockout_of_a_more_powerful_user_is_not_lifted()
    {
        var administrator = Uri.EscapeDataString((await api.Server.AdministratorAsync()).UserId);
        var user = Uri.EscapeDataString((await api.Server.AddUserAsync("locked@example.com", Password)).UserId);

        foreach (var (path, status) in new[]
        {
            ("user-blocks/" + administrator, 403),
            ("user-blocks?identifier=" + TestServer.AdminEmail.ToUpperInvariant(), 403),
            ("user-blocks/" + user, 204),
            ("user-blocks?identifier=locked@example.com", 204),
        })
        {
            var answer = await api.WithScopesAsync("update:users", a => a.DeleteAsync(path));
            Assert.Equal((path, status), (path, answer.Status));
        }
    }

    [Theory]
    [InlineData("PATCH", "users/USER", """{"password":"another long pass phrase"}""")]
    [InlineData("POST", "users/USER/identities", """{"provider":"auth0","user_id":"OTHER"}""")]
    [InlineData("POST", "users/OTHER/identities", """{"provider":"auth0","user_id":"USER"}""")]
    [InlineData("DELETE", "users/USER/identities/auth0/none", null)]
    [InlineData("POST", "tickets/password-change", """{"user_id":"USER"}""")]
    [InlineData("POST", "tickets/email-verification", """{"user_id":"USER"}""")]
    public async Task A_user_who_gets_more_power_while_a_call_waits_is_protected(
        string method, string path, string? body)
    {
        var (user, other) = (await NewUserAsync(), await NewUserAsync());

        Task<ManagementAnswer> CallAsync() => api.WithScopesAsync(
            "update:users create:user_tickets",
            a => a.SendAsync(new HttpMethod(method), Named(path)!, Named(body)));

        string? Named(string? text) => text?.Replace("USER", user, StringComparison.Ordinal)
            .Replace("OTHER", other, StringComparison.Ordinal);

        Assert.Equal(403, (await PromoteDuringAsync(user, CallAsync)).Status);
    }

    private async Task<string> NewUserAsync() =>
        (await api.Server.AddUserAsync($"{Guid.NewGuid():N}@example.com", Password)).UserId;

    /// <summary>The user gets a permission after the call has begun, and before it gets to write.</summary>
    private async Task<ManagementAnswer> PromoteDuringAsync(string userId, Func<Task<ManagementAnswer>> call)
    {
        await using var scope = api.Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        var writes = scope.ServiceProvider.GetRequiredService<WriteSerializer>();
        Task<ManagementAnswer> answer;
        await using (var write = await writes.BeginAsync(db, "management", CancellationToken.None))
        {
            answer = call();
            await Eventually.UntilAsync(
                () => answer.IsCompleted || writes.Waiting > 0 || TestPostgres.IsWaiting(api.Server.DataDirectory),
                "The call does not wait.");
            Assert.False(answer.IsCompleted);
            db.Add(new UserPermission { UserId = userId, Audience = Issuer.ManagementApi, Name = "delete:clients" });
            await db.SaveChangesAsync();
            await write.CommitAsync(CancellationToken.None);
        }

        return await answer;
    }

    private async Task<string> NewDatabaseAsync(string name) =>
        (await api.PostAsync("connections", $$"""{"name":"{{name}}","strategy":"auth0"}""")).Text("id");

    private async Task<int> PatchAsync(string userId, string body) =>
        (await api.WithScopesAsync(
            "update:users", a => a.PatchAsync($"users/{Uri.EscapeDataString(userId)}", body))).Status;
}
