using AuthServer.TestKit;
using AuthServer.Web.Jobs;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Tests.Actions;

/// <summary>A pushed request whose user an Action sends to another application.</summary>
public sealed class PushedRedirectTests(ActionScenario scenario) : IClassFixture<ActionScenario>
{
    private const string SendsAway =
        """
        exports.onExecutePostLogin = async (event, api) => { api.redirect.sendUserTo('https://terms.example/'); };
        exports.onContinuePostLogin = async (event, api) => {};
        """;

    [Fact]
    public async Task It_is_still_there_when_the_user_comes_back_after_its_reference_expired()
    {
        await scenario.BindAsync("post-login", SendsAway);
        var cookie = await scenario.Server.StartSessionAsync();
        var reference = await scenario.OAuth.ReferenceAsync(scenario.Client);
        using var away = await scenario.OAuth.FollowAsync(scenario.Client, reference, cookie);
        var state = QueryHelpers.ParseQuery(away.Headers.Location!.Query)["state"].ToString();

        scenario.Server.Time.Advance(TimeSpan.FromMinutes(10));
        await scenario.Server.WithAsync<ExpiredRows, int>(
            rows => rows.RemoveAsync(scenario.Server.Time.GetUtcNow(), CancellationToken.None));
        using var http = scenario.Server.NewHttp();
        using var request = new HttpRequestMessage(
            HttpMethod.Get, QueryHelpers.AddQueryString("/continue", "state", state));
        request.Headers.Add("Cookie", "sid=" + cookie);
        using var back = await http.SendAsync(request);

        Assert.Contains("code", OAuth.Redirected(back).Keys);
    }
}
