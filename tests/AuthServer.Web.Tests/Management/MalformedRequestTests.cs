using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>Every invalid request gets a 4xx in the API's own shape.</summary>
public sealed class MalformedRequestTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}")]
    [InlineData("{\"name\":\"\\ud800\"}")]
    [InlineData("{\"\\udfff\":1}")]
    [InlineData("{\"name\":\"a\\u0000b\"}")]
    [InlineData("{\"name\":1e999}")]
    public async Task A_malformed_body_is_400(string body)
    {
        var answer = await api.PostAsync("clients", body);

        Assert.Equal(
            (400, "invalid_body", "Bad Request"), (answer.Status, answer.Text("errorCode"), answer.Text("error")));
    }

    [Fact]
    public async Task A_body_that_nests_too_deep_is_400() =>
        Assert.Equal(
            400,
            (await api.PostAsync(
                    "clients",
                    "{\"name\":\"a\",\"addons\":" + new string('[', 10_000) + new string(']', 10_000) + "}")).Status);

    [Fact]
    public async Task A_body_of_more_than_a_megabyte_is_413()
    {
        var answer = await api.PostAsync("clients", "{\"name\":\"" + new string('a', 1024 * 1024) + "\"}");

        Assert.Equal((413, "Payload Too Large"), (answer.Status, answer.Text("error")));
    }

    [Fact]
    public async Task A_body_of_another_type_is_415() =>
        Assert.Equal(
            415,
            (await api.SendAsync(
                    HttpMethod.Post, "clients", "name=a", contentType: "application/x-www-form-urlencoded")).Status);

    [Fact]
    public async Task An_unknown_path_is_404_in_the_same_shape()
    {
        var answer = await api.GetAsync("no/such/thing");

        Assert.Equal(
            (404, 404, "Not Found"), (answer.Status, answer["statusCode"]!.GetValue<int>(), answer.Text("error")));
    }

    [Fact]
    public async Task A_wrong_method_is_405_in_the_same_shape()
    {
        var answer = await api.PutAsync("clients/some-id");

        Assert.Equal((405, "Method Not Allowed"), (answer.Status, answer.Text("error")));
    }

    [Theory]
    [InlineData("clients?page=-1")]
    [InlineData("clients?page=99999999999999999999")]
    [InlineData("clients?per_page=101")]
    [InlineData("clients?per_page=ten")]
    [InlineData("clients?page=1&page=2")]
    [InlineData("clients?include_totals=maybe")]
    [InlineData("clients?include_fields=maybe")]
    [InlineData("connections?take=0")]
    [InlineData("connections?take=101")]
    [InlineData("connections?from=forged")]
    [InlineData("connections?from=%27%20OR%201%3D1")]
    [InlineData("users?sort=password_hash:1")]
    [InlineData("users?sort=email:2")]
    [InlineData("users-by-email")]
    [InlineData("clients?q=x")]
    public async Task A_query_that_does_not_fit_is_400(string path)
    {
        var answer = await api.GetAsync(path);

        Assert.Equal((400, "invalid_query_string"), (answer.Status, answer.Text("errorCode")));
    }

    [Theory]
    [InlineData("tenants/settings")]
    [InlineData("branding")]
    [InlineData("clients/" + TestServer.ClientId)]
    public async Task An_unknown_member_is_refused_by_name(string path)
    {
        var answer = await api.PatchAsync(path, """{"colour":"red"}""");

        Assert.Equal("Payload validation error: 'Additional properties not allowed: colour'.", answer.Message);
    }

    [Theory]
    [InlineData("tenants/settings", """{"friendly_name":1}""")]
    [InlineData("tenants/settings", """{"flags":[]}""")]
    [InlineData("tenants/settings", """{"session_lifetime":"1"}""")]
    [InlineData("tenants/settings", """{"session_cookie":{"mode":"x"}}""")]
    [InlineData("branding", """{"colors":{"primary":"red"}}""")]
    [InlineData("branding", """{"logo_url":"javascript:alert(1)"}""")]
    [InlineData("clients/" + TestServer.ClientId, """{"callbacks":"https://a.example/"}""")]
    [InlineData("clients/" + TestServer.ClientId, """{"callbacks":[1]}""")]
    [InlineData("clients/" + TestServer.ClientId, """{"refresh_token":{"leeway":"1"}}""")]
    [InlineData("clients/" + TestServer.ClientId, """{"addons":[]}""")]
    [InlineData("clients/" + TestServer.ClientId, """{"client_metadata":{"a":1}}""")]
    public async Task A_mistyped_member_is_refused(string path, string body)
    {
        var answer = await api.PatchAsync(path, body);

        Assert.Equal((400, "invalid_body"), (answer.Status, answer.Text("errorCode")));
    }
}
