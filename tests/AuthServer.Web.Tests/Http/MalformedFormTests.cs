using System.Text;

namespace AuthServer.Web.Tests.Http;

/// <summary>A form that can't be read is its sender's error, wherever it goes, and no line of the log.</summary>
public sealed class MalformedFormTests(RunningServer running) : IClassFixture<RunningServer>
{
    private const string Form = "application/x-www-form-urlencoded";

    public static TheoryData<string, string, string> Forms => new()
    {
        { "/oauth/token", $"{Form}; charset=utf-7", "a=b" },
        { "/oauth/token", Form, "=b" },
        { "/oauth/revoke", "application/json", "{\"\":\"b\"}" },
        { "/oidc/logout", Form, "=b&client_id=nobody" },
        { "/oidc/logout", $"{Form}; charset=utf-7", "a=b" },
        { "/u/login?state=x", $"{Form}; charset=utf-7", "a=b" },
        { "/oidc/logout", Form, string.Join('&', Enumerable.Range(0, 1_025).Select(i => $"k{i}=v")) },
        { "/u/login?state=x", Form, string.Join('&', Enumerable.Range(0, 1_025).Select(i => $"k{i}=v")) },
        { "/u/login?state=x", Form, "a[=b" },
        { "/u/logout", Form, "a[=b" },
        { "/u/logout?a[=b", Form, "a=b" },
        { "/u/login?state=x", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"a" },
        { "/u/logout", "multipart/form-data", "a" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task It_is_a_4xx(string url, string contentType, string body)
    {
        using var http = running.Server.NewHttp();
        using var message = new HttpRequestMessage(HttpMethod.Post, url);
        message.Content = new StringContent(body, Encoding.UTF8);
        message.Content.Headers.Remove("Content-Type");
        message.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var answer = await http.SendAsync(message);

        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.Empty(running.Server.Log.Errors);
    }
}
