using System.Text.Json;
using AuthServer.Web.Actions;

namespace AuthServer.Web.Tests.Actions;

/// <summary>Commands as a process sends them that an Action has taken over.</summary>
public sealed class ActionDecisionTests
{
    [Theory]
    [InlineData("""{"access.deny":"x"}""")]
    [InlineData("""["access.deny"]""")]
    [InlineData("""[[]]""")]
    [InlineData("""[[1]]""")]
    [InlineData("""[["process.exit"]]""")]
    [InlineData("""[["access.deny"]]""")]
    [InlineData("""[["access.deny",1]]""")]
    [InlineData("""[["accessToken.addScope","a b"]]""")]
    [InlineData("""[["idToken.setCustomClaim","name","\ud83d"]]""")]
    [InlineData("""[["idToken.setCustomClaim","name",[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]""")]
    [InlineData("""[["user.setAppMetadata","",1]]""")]
    [InlineData("""[["transaction.setMetadata",1,2]]""")]
    [InlineData("""[["redirect.sendUserTo","javascript:alert(1)"]]""")]
    [InlineData("""[["cache.set","key","value",1e300]]""")]
    [InlineData("""[["cache.set","key","value",-1]]""")]
    public void A_command_that_is_not_valid_is_refused(string commands) =>
        Assert.NotNull(new ActionDecision().Read(JsonDocument.Parse(commands).RootElement));
}
