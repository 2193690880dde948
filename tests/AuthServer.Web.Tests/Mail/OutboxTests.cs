using System.Net;
using AuthServer.Core.Mail;
using AuthServer.Web.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Mail;

/// <summary>Development's own mailbox: its links are secrets.</summary>
public sealed class OutboxTests(RunningServer running) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:5000", HttpStatusCode.OK)]
    [InlineData("[::1]:5000", HttpStatusCode.OK)]
    [InlineData("auth.localhost", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.NotFound)]
    [InlineData("localhost.evil.example", HttpStatusCode.NotFound)]
    [InlineData("10.0.0.1", HttpStatusCode.NotFound)]
    public async Task A_name_that_was_made_to_resolve_to_this_machine_sees_no_mail(string host, HttpStatusCode status)
    {
        var id = Guid.CreateVersion7(running.Server.Time.GetUtcNow());
        var letter = new EmailMessage("ada@example.com", "Hello", "Hello", "<p>Hello</p>");
        await running.Server.Services.GetRequiredService<FileOutbox>().SendAsync(id, letter, CancellationToken.None);
        using var http = running.Server.NewHttp();

        foreach (var path in (string[])[$"/outbox/{id}", $"/outbox/{id}/html"])
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, path);
            message.Headers.Host = host;
            using var answer = await http.SendAsync(message);
            Assert.Equal(status, answer.StatusCode);
        }
    }
}
