using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.TestKit;
using AuthServer.Web.Management;
using AuthServer.Web.Management.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Management;

/// <summary>The operations, errors and events of the Management API, for callers inside this server.</summary>
public sealed class OperationTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    private const string Update = "PATCH /api/v2/clients/{id}";

    private ManagementOperations Operations => api.Server.Services.GetRequiredService<ManagementOperations>();

    [Fact]
    public void An_operation_is_allowed_to_callers_with_one_of_its_scopes()
    {
        Assert.True(Operations.Allows(Caller("update:clients"), Update));
        Assert.True(Operations.Allows(Caller("read:client_keys"), "GET /api/v2/clients/{id}"));
        Assert.False(Operations.Allows(Caller("read:clients"), Update));
        Operations.EnsureAllowed(Caller("update:clients"), Update);
        var error = Assert.Throws<ManagementException>(
            () => Operations.EnsureAllowed(Caller("read:clients"), Update)).Error;
        Assert.Equal(("insufficient_scope", 403), (error.Code, error.Status));
    }

    [Theory]
    [InlineData("PATCH /api/v2/clients/{clientId}")]
    [InlineData("PUT /api/v2/clients/{id}")]
    [InlineData("GET /api/v2/{**path}")]
    public void An_operation_that_the_API_does_not_have_is_a_fault(string operation)
    {
        Assert.Throws<InvalidOperationException>(() => Operations.Allows(Caller("update:clients"), operation));
        Assert.Contains(Update, Operations.All);
    }

    [Fact]
    public void An_invalid_member_is_named_in_the_error()
    {
        var error = ManagementException.Invalid("Expected a whole number", "refresh_token.leeway").Error;

        Assert.Equal("refresh_token.leeway", error.Path);
        Assert.Equal("Expected a whole number", error.Invalid?.Reason);
        Assert.Equal(
            "Payload validation error: 'Expected a whole number' on property refresh_token.leeway.", error.Message);
        Assert.Null(ManagementException.Invalid("The user has no password").Error.Path);
        Assert.Null(ManagementError.NotFound("The client does not exist").Path);
    }

    [Fact]
    public void A_text_that_no_store_keeps_is_refused_in_a_form_too()
    {
        var error = Assert.Throws<ManagementException>(() => JsonBody.Of(new JsonObject { ["name"] = "a\0b" })).Error;

        Assert.Equal("invalid_body", error.Code);
        Assert.Equal("a name", JsonBody.Of(new JsonObject { ["name"] = "a name" }).Text("name"));
    }

    [Fact]
    public async Task The_event_of_an_administrator_s_operation_names_the_administrator()
    {
        var caller = Caller("update:clients") with { UserId = "auth0|ada", UserName = "ada@example.com" };

        await RecordAsync(caller, StatusCodes.Status200OK);
        var q = Uri.EscapeDataString("user_id:\"auth0|ada\"");
        var logged = (await api.GetAsync("logs?q=" + q)).List.Single()!;

        Assert.Equal("ada@example.com", (string?)logged["user_name"]);
        Assert.Equal("Dashboard", (string?)logged["client_id"]);
        Assert.Equal(Update, (string?)logged["description"]);
        var request = logged["details"]!["request"]!;
        Assert.Equal("/api/v2/clients/some", (string?)request["path"]);
        Assert.Equal("dashboard", (string?)request["channel"]);
        Assert.Equal(
            """{"user_id":"auth0|ada","name":"ada@example.com"}""", request["auth"]!["user"]!.ToJsonString());
    }

    [Fact]
    public async Task A_failed_operation_is_another_type_of_event()
    {
        var caller = Caller("update:clients") with { UserId = "auth0|eve", UserName = "eve@example.com" };

        await RecordAsync(caller, StatusCodes.Status403Forbidden);
        await api.Server.EventAsync("fapi", logged => logged.UserId == "auth0|eve");

        Assert.DoesNotContain(
            await api.Server.EventsAsync(), logged => logged is { UserId: "auth0|eve", Type: "sapi" });
    }

    private async Task RecordAsync(ManagementPrincipal caller, int status)
    {
        await using var scope = api.Server.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        await ManagementEvents.RecordAsync(
            http, caller, "PATCH", "/api/v2/clients/{id}", "/api/v2/clients/some", status);
    }

    private static ManagementPrincipal Caller(string scope) => new("Dashboard", Scopes.Of([scope]));
}
