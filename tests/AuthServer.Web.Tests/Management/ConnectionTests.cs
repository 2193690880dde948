using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>Connections in the Management API.</summary>
public sealed class ConnectionTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    [Fact]
    public async Task A_new_connection_has_the_shape_of_the_contract()
    {
        var answer = await NewAsync("shape");

        Assert.Equal(
            (201, "auth0", """["shape"]"""),
            (answer.Status, answer.Text("strategy"), answer["realms"]!.ToJsonString()));
        Assert.Equal("""{"active":true}""", answer["authentication"]!.ToJsonString());
        Assert.Equal("[]", answer["enabled_clients"]!.ToJsonString());
    }

    [Fact]
    public async Task The_name_is_unique()
    {
        await NewAsync("unique");

        Assert.Equal(409, (await NewAsync("unique")).Status);
    }

    [Theory]
    [InlineData("""{"name":"x","strategy":"github","options":{"client_id":"c"}}""")]
    [InlineData("""{"name":"","strategy":"auth0"}""")]
    [InlineData("""{"name":"y","strategy":"auth0","options":null}""")]
    [InlineData("""{"name":"y","strategy":"auth0","options":[]}""")]
    [InlineData("""{"name":"y","strategy":"auth0","options":{"requires_username":1}}""")]
    [InlineData("""{"name":"y","strategy":"auth0","options":{"passwordPolicy":"best"}}""")]
    [InlineData("""{"name":"y","strategy":"auth0","options":{"password_history":true}}""")]
    [InlineData("""{"name":"y","strategy":"auth0","options":{"password_complexity_options":{"min_length":"8"}}}""")]
    [InlineData("""{"name":"y","strategy":"auth0","enabled_clients":"all"}""")]
    [InlineData("""{"name":"y","strategy":"auth0","metadata":{"a":1}}""")]
    [InlineData("""{"name":"x","strategy":"samlp"}""")]
    [InlineData("""{"name":"-x","strategy":"auth0"}""")]
    [InlineData("""{"name":"a b","strategy":"auth0"}""")]
    [InlineData("""{"strategy":"auth0"}""")]
    [InlineData("""{"name":"y","strategy":"auth0","enabled_clients":["nobody"]}""")]
    [InlineData("""{"name":"y","strategy":"auth0","other":1}""")]
    [InlineData("""{"name":"y","strategy":"auth0","options":{"disable_signup":"yes"}}""")]
    public async Task A_connection_that_can_not_be_is_400(string body) =>
        Assert.Equal(400, (await api.PostAsync("connections", body)).Status);

    [Fact]
    public async Task A_member_that_is_not_sent_stays_and_null_clears_it()
    {
        var id = (
            await NewAsync(
                "patched",
                """, "display_name":"Shown","options":{"disable_signup":true},"metadata":{"a":"1"}"""
            )
        ).Text("id");
        var stays = await api.PatchAsync($"connections/{id}", """{"show_as_button":true}""");
        var cleared = await api.PatchAsync($"connections/{id}", """{"display_name":null,"options":{}}""");

        Assert.Equal(
            ("Shown", """{"disable_signup":true}"""), (stays.Text("display_name"), stays["options"]!.ToJsonString()));
        Assert.Equal((null, "{}"), (cleared["display_name"], cleared["options"]!.ToJsonString()));
        Assert.Equal(400, (await api.PatchAsync($"connections/{id}", """{"name":"renamed"}""")).Status);
    }

    [Fact]
    public async Task Clients_are_enabled_one_by_one_and_as_a_list()
    {
        var (one, two) = (await api.NewClientAsync(), await api.NewClientAsync());
        var id = (await NewAsync("enabled", $$""", "enabled_clients":["{{one}}"]""")).Text("id");
        var patched = await api.PatchAsync(
            $"connections/{id}/clients",
            $$"""[{"client_id":"{{one}}","status":false},{"client_id":"{{two}}","status":true}]"""
        );

        Assert.Equal(204, patched.Status);
        Assert.Equal(
            two,
            (await api.GetAsync($"connections/{id}/clients"))["clients"]!.AsArray().Single()![
                "client_id"
            ]!.GetValue<string>());
        Assert.Equal(
            "[]",
            (await api.PatchAsync($"connections/{id}", """{"enabled_clients":[]}"""))["enabled_clients"]!.ToJsonString()
        );
    }

    [Theory]
    [InlineData("""{"client_id":"a","status":true}""")]
    [InlineData("""[{"client_id":"nobody","status":true}]""")]
    [InlineData("""[{"client_id":"a"}]""")]
    [InlineData("""["a"]""")]
    public async Task A_list_of_clients_that_does_not_fit_is_400(string body)
    {
        var id = (await api.GetAsync("connections?name=Username-Password-Authentication")).List[0]![
            "id"
        ]!.GetValue<string>();

        Assert.Equal(400, (await api.PatchAsync($"connections/{id}/clients", body)).Status);
    }

    [Fact]
    public async Task A_connection_is_found_by_name() =>
        Assert.Single(
            (await api.GetAsync("connections?name=Username-Password-Authentication&take=1&include_fields=true"))[
                "connections"
            ]!.AsArray());

    [Fact]
    public async Task A_deleted_connection_takes_its_users_along()
    {
        var id = (await NewAsync("leaving")).Text("id");
        var user = (
            await api.PostAsync(
                "users",
                """{"connection":"leaving","email":"l@example.com","password":"a long enough one"}"""
            )
        ).Text("user_id");
        var answer = await api.DeleteAsync($"connections/{id}");

        Assert.Equal(202, answer.Status);
        Assert.EndsWith("Z", answer.Text("deleted_at"), StringComparison.Ordinal);
        Assert.Equal(404, (await api.GetAsync($"users/{user}")).Status);
    }

    [Fact]
    public async Task A_user_of_a_connection_is_deleted_by_address()
    {
        var id = (await NewAsync("by-address")).Text("id");
        var user = (
            await api.PostAsync(
                "users",
                """{"connection":"by-address","email":"d@example.com","password":"a long enough one"}"""
            )
        ).Text("user_id");

        Assert.Equal(204, (await api.DeleteAsync($"connections/{id}/users?email=D@example.com")).Status);
        Assert.Equal(404, (await api.GetAsync($"users/{user}")).Status);
    }

    [Fact]
    public async Task A_database_is_up()
    {
        var id = (await NewAsync("up")).Text("id");

        Assert.Equal(
            (200, 404),
            (
                (await api.GetAsync($"connections/{id}/status")).Status,
                (await api.GetAsync("connections/con_none/status")).Status));
    }

    private Task<ManagementAnswer> NewAsync(string name, string members = "") =>
        api.PostAsync("connections", $$"""{"name":"{{name}}","strategy":"auth0"{{members}}}""");
}
