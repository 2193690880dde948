using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Scopes = AuthServer.Core.Scopes;

namespace AuthServer.Web.Tests.Management;

/// <summary>Roles and permissions in the Management API (docs/security.md#roles-and-permissions).</summary>
public sealed class RoleTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    private const string Api = "https://roles.example/";

    [Fact]
    public async Task A_role_is_made_changed_listed_and_deleted()
    {
        var made = await api.PostAsync("roles", """{"name":"Editor","description":"Edits"}""");
        var id = made.Text("id");
        Assert.Equal((201, true, 20), (made.Status, id.StartsWith("rol_", StringComparison.Ordinal), id.Length));

        Assert.Equal("Chief", (await api.PatchAsync($"roles/{id}", """{"name":"Chief"}""")).Text("name"));
        var listed = await api.GetAsync("roles?name_filter=hie&include_totals=true&type=tenant");
        Assert.Equal((1, id), (listed["total"]!.GetValue<int>(), listed["roles"]![0]!["id"]!.GetValue<string>()));
        Assert.Equal(409, (await api.PostAsync("roles", """{"name":"Chief"}""")).Status);
        var deleted = await api.DeleteAsync($"roles/{id}");
        Assert.Equal((200, "{}"), (deleted.Status, deleted.Json!.ToJsonString()));
        var gone = await api.GetAsync($"roles/{id}");
        Assert.Equal((404, null), (gone.Status, gone["errorCode"]));
    }

    [Theory]
    [InlineData("Café")]
    [InlineData("cafÉ")]
    public async Task A_name_is_found_in_any_case_of_any_letter(string search)
    {
        var id = (await api.PostAsync("roles", $$"""{"name":"Café {{OpaqueToken.Hex(8)}}"}""")).Text("id");

        var found = await api.GetAsync("roles?per_page=100&name_filter=" + Uri.EscapeDataString(search));
        Assert.Contains(found.List, role => (string?)role!["id"] == id);
    }

    [Fact]
    public async Task Permissions_of_a_role_come_and_go()
    {
        await ApiAsync();
        var role = await NewRoleAsync();
        var permission = $$"""{"permissions":[{"resource_server_identifier":"{{Api}}","permission_name":"read:x"}]}""";

        Assert.Equal(201, (await api.PostAsync($"roles/{role}/permissions", permission)).Status);
        Assert.Equal(201, (await api.PostAsync($"roles/{role}/permissions", permission)).Status);
        var shown = (await api.GetAsync($"roles/{role}/permissions")).List.Single()!;
        var expected = JsonNode.Parse(
            $$"""
            {"permission_name":"read:x","description":"Read x","resource_server_name":"Contacts",
            "resource_server_identifier":"{{Api}}"}
            """);
        Assert.True(JsonNode.DeepEquals(expected, shown), shown.ToJsonString());
        Assert.Equal(204, (await api.SendAsync(HttpMethod.Delete, $"roles/{role}/permissions", permission)).Status);
        Assert.Empty((await api.GetAsync($"roles/{role}/permissions")).List);
    }

    [Theory]
    [InlineData("""{"permissions":[]}""", 400)]
    [InlineData("""{"permissions":[{"permission_name":"x"}]}""", 400)]
    [InlineData(
        """{"permissions":[{"permission_name":"x","resource_server_identifier":"https://roles.example/","more":1}]}""",
        400)]
    [InlineData("""{"other":[]}""", 400)]
    [InlineData(
        """{"permissions":[{"permission_name":"x","resource_server_identifier":"https://nowhere.example/"}]}""", 404)]
    [InlineData(
        """{"permissions":[{"permission_name":"x","resource_server_identifier":"https://roles.example/"}]}""", 404)]
    public async Task What_is_no_permission_is_refused(string body, int status)
    {
        await ApiAsync();
        Assert.Equal(status, (await api.PostAsync($"roles/{await NewRoleAsync()}/permissions", body)).Status);
    }

    [Fact]
    public async Task A_user_gets_roles_and_permissions_and_loses_them()
    {
        await ApiAsync();
        var role = await NewRoleAsync();
        await PermitAsync($"roles/{role}/permissions", Api, "read:x");
        var user = Uri.EscapeDataString(await api.NewUserAsync($"{role}@example.com"));

        Assert.Equal(204, (await api.PostAsync($"users/{user}/roles", $$"""{"roles":["{{role}}"]}""")).Status);
        Assert.Equal(201, (await PermitAsync($"users/{user}/permissions", Api, "write:x")).Status);
        Assert.Equal(
            role,
            (await api.GetAsync($"users/{user}/roles?include_totals=true"))["roles"]![0]!["id"]!.GetValue<string>());
        Assert.Equal(
            Uri.UnescapeDataString(user),
            (await api.GetAsync($"roles/{role}/users?take=1"))["users"]![0]!["user_id"]!.GetValue<string>());
        var permissions = (await api.GetAsync($"users/{user}/permissions")).List;
        Assert.Equal(
            ["ROLE", "DIRECT"], permissions.Select(p => p!["sources"]![0]!["source_type"]!.GetValue<string>()));

        Assert.Equal(
            204,
            (await api.SendAsync(HttpMethod.Delete, $"users/{user}/roles", $$"""{"roles":["{{role}}"]}""")).Status);
        Assert.Equal(
            "write:x",
            (await api.GetAsync($"users/{user}/permissions")).List.Single()!["permission_name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Members_are_read_from_a_checkpoint()
    {
        var role = await NewRoleAsync();
        var users = new[]
        {
            await api.NewUserAsync($"a{role}@example.com"),
            await api.NewUserAsync($"b{role}@example.com"),
        };
        Assert.Equal(
            200,
            (await api.PostAsync($"roles/{role}/users", $$"""{"users":["{{users[0]}}","{{users[1]}}"]}""")).Status);

        var first = await api.GetAsync($"roles/{role}/users?take=1");
        var second = await api.GetAsync($"roles/{role}/users?take=1&from={first.Text("next")}");

        Assert.Null(second["next"]);
        Assert.Equal(
            users.Order(StringComparer.Ordinal),
            new[] { first, second }.Select(page => page["users"]![0]!["user_id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Nobody_assigns_permissions_of_this_API_that_they_lack()
    {
        var own = api.Server.Issuer.Value + "api/v2/";
        var (plain, mighty) = (await NewRoleAsync(), await NewRoleAsync());
        Assert.Equal(201, (await PermitAsync($"roles/{mighty}/permissions", own, "delete:clients")).Status);
        var user = await api.NewUserAsync($"{plain}@example.com");
        var path = Uri.EscapeDataString(user);
        const string scopes = "update:roles update:users create:role_members read:users";

        Assert.Equal(
            403,
            (await api.WithScopesAsync(scopes, _ => PermitAsync($"roles/{plain}/permissions", own, "delete:clients"))
            ).Status);
        Assert.Equal(
            403,
            (await api.WithScopesAsync(scopes, _ => PermitAsync($"users/{path}/permissions", own, "delete:clients"))
            ).Status);
        Assert.Equal(
            403,
            (await api.WithScopesAsync(
                    scopes, a => a.PostAsync($"users/{path}/roles", $$"""{"roles":["{{mighty}}"]}"""))).Status);
        Assert.Equal(
            403,
            (await api.WithScopesAsync(
                    scopes, a => a.PostAsync($"roles/{mighty}/users", $$"""{"users":["{{user}}"]}"""))).Status);
        Assert.Equal(
            201,
            (await api.WithScopesAsync(scopes, _ => PermitAsync($"roles/{plain}/permissions", own, "update:users"))
            ).Status);
        Assert.Empty((await api.GetAsync($"users/{path}/permissions")).List);
    }

    [Fact]
    public async Task A_permission_of_this_API_that_the_caller_lacks_is_not_removed()
    {
        var own = api.Server.Issuer.Value + "api/v2/";
        var role = await NewRoleAsync();
        var user = "users/" + Uri.EscapeDataString(await api.NewUserAsync($"{role}@example.com"));
        var (permission, roles) = (BodyOf(own, "delete:clients"), $$"""{"roles":["{{role}}"]}""");
        Assert.Equal(201, (await api.PostAsync($"roles/{role}/permissions", permission)).Status);
        Assert.Equal(201, (await api.PostAsync(user + "/permissions", permission)).Status);
        await api.PostAsync(user + "/roles", roles);
        foreach (var (path, body, status) in new (string, string?, int)[]
        {
            (user + "/permissions", permission, 204), (user + "/roles", roles, 204),
            ($"roles/{role}/permissions", permission, 204), ("roles/" + role, null, 200),
        })
        {
            // The last one is a role that has the permission again.
            if (body is null)
                await api.PostAsync($"roles/{role}/permissions", permission);
            var refused = await api.WithScopesAsync(
                "read:users update:users update:roles delete:roles delete:role_members",
                a => a.SendAsync(HttpMethod.Delete, path, body));
            Assert.Equal(
                (path, 403, true),
                (path, refused.Status, refused.Message.EndsWith("own token lacks", StringComparison.Ordinal)));
            Assert.Equal((path, status), (path, (await api.SendAsync(HttpMethod.Delete, path, body)).Status));
        }
    }

    [Fact]
    public async Task A_permission_that_an_API_drops_and_defines_again_has_no_holders()
    {
        const string Dropped = "https://dropped.example/";
        const string All = """[{"value":"kept"},{"value":"x"},{"value":"xx"}]""";
        const string Fewer = """[{"value":"kept"},{"value":"xx"}]""";
        var made = await api.PostAsync("resource-servers", $$"""{"identifier":"{{Dropped}}","scopes":{{All}}}""");
        var (role, client) = (await NewRoleAsync(), await api.NewClientAsync());
        var user = await api.NewUserAsync($"{role}@example.com");
        foreach (var scope in (string[])["kept", "x", "xx"])
        {
            await PermitAsync($"roles/{role}/permissions", Dropped, scope);
            await PermitAsync($"users/{Uri.EscapeDataString(user)}/permissions", Dropped, scope);
        }

        await api.PostAsync(
            "client-grants", $$"""{"client_id":"{{client}}","audience":"{{Dropped}}","scope":["x","kept","xx"]}""");
        await ConsentAsync(user, client, Dropped, ["openid", "x", "kept", "xx"]);

        foreach (var scopes in (string[])[Fewer, All])
        {
            var patched = await api.PatchAsync(
                $"resource-servers/{made.Text("id")}", $$"""{"scopes":{{scopes}}}""");
            Assert.Equal(200, patched.Status);
        }

        Assert.Equal(["kept", "xx"], Names(await api.GetAsync($"roles/{role}/permissions")));
        Assert.Equal(["kept", "xx"], Names(await api.GetAsync($"users/{Uri.EscapeDataString(user)}/permissions")));
        Assert.Equal("""["kept","xx"]""", ScopeOf(await api.GetAsync($"client-grants?client_id={client}")));
        Assert.Equal("""["openid","kept","xx"]""", ScopeOf(await api.GetAsync($"grants?client_id={client}")));

        static IEnumerable<string> Names(ManagementAnswer answer) => answer.List
            .Select(permission => permission!["permission_name"]!.GetValue<string>())
            .Order(StringComparer.Ordinal);

        static string ScopeOf(ManagementAnswer answer) => Assert.Single(answer.List)!["scope"]!.ToJsonString();
    }

    [Fact]
    public async Task A_deleted_API_takes_its_permissions_along()
    {
        var doomed = await api.PostAsync(
            "resource-servers",
            """{"identifier":"https://doomed.example/","scopes":[{"value":"x"}]}"""
        );
        var role = await NewRoleAsync();
        Assert.Equal(201, (await PermitAsync($"roles/{role}/permissions", "https://doomed.example/", "x")).Status);

        await api.DeleteAsync($"resource-servers/{doomed.Text("id")}");

        Assert.Empty((await api.GetAsync($"roles/{role}/permissions")).List);
    }

    private Task ConsentAsync(string userId, string clientId, string audience, string[] scopes) =>
        api.Server.WithAsync<AuthDbContext, int>(async db =>
        {
            var client = await db.Clients.AsNoTracking().SingleAsync(c => c.ClientId == clientId);
            db.Add(new Authorization
            {
                Id = Guid.CreateVersion7(),
                Type = AuthorizationTypes.Permanent,
                PublicId = OpaqueToken.Hex(24),
                ApplicationId = client.Id,
                ClientId = clientId,
                Subject = userId,
                UserId = userId,
                Audience = audience,
                GrantedScopes = Scopes.Of(scopes),
            });
            return await db.SaveChangesAsync();
        });

    private Task<ManagementAnswer> PermitAsync(string path, string audience, string name) =>
        api.PostAsync(path, BodyOf(audience, name));

    private static string BodyOf(string audience, string name) =>
        $$"""{"permissions":[{"resource_server_identifier":"{{audience}}","permission_name":"{{name}}"}]}""";

    private async Task<string> NewRoleAsync() =>
        (await api.PostAsync("roles", $$"""{"name":"{{Guid.CreateVersion7()}}"}""")).Text("id");

    private async Task ApiAsync()
    {
        if ((await api.GetAsync($"resource-servers/{Uri.EscapeDataString(Api)}")).Status == 404)
            await api.Server.AddApiAsync(
                a => a.Scopes = [new ApiScope("read:x", "Read x"), new ApiScope("write:x", null)], Api);
    }
}
